package io.cloneplatform.auth;

import io.cloneplatform.auth.account.DeleteAccount;
import io.cloneplatform.auth.account.ExportAccount;
import io.cloneplatform.auth.accounts.CreateAccount;
import io.cloneplatform.auth.accounts.ListAccounts;
import io.cloneplatform.auth.accounts.RevokeAccount;
import io.cloneplatform.auth.accounts.SetAccountPassword;
import io.cloneplatform.auth.accounts.UpdateAccount;
import io.cloneplatform.auth.activity.ReadActivity;
import io.cloneplatform.auth.audit.ListAudit;
import io.cloneplatform.auth.password.ChangePassword;
import io.cloneplatform.auth.password.CredentialStore;
import io.cloneplatform.auth.password.PasswordPolicy;
import io.cloneplatform.auth.password.SetWithdrawalPassword;
import io.cloneplatform.auth.profile.GetProfile;
import io.cloneplatform.auth.profile.UpdateProfile;
import io.cloneplatform.auth.secondfactor.RemoveSecondFactor;
import io.cloneplatform.auth.secondfactor.SecondFactor;
import io.cloneplatform.auth.session.Refresh;
import io.cloneplatform.auth.session.SessionSweep;
import io.cloneplatform.auth.session.Sessions;
import io.cloneplatform.auth.session.Signout;
import io.cloneplatform.auth.signin.AdminSignin;
import io.cloneplatform.auth.signin.Signin;
import io.cloneplatform.auth.signin.SigninCounts;
import io.cloneplatform.auth.signin.SigninLock;
import io.cloneplatform.auth.signup.Signup;
import io.cloneplatform.auth.token.Trust;
import io.cloneplatform.auth.users.DeleteUser;
import io.cloneplatform.auth.users.Forgetting;
import io.cloneplatform.auth.users.GetUser;
import io.cloneplatform.auth.users.ListUsers;
import io.cloneplatform.auth.users.Removal;
import io.cloneplatform.auth.users.SetUserPassword;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Operations;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.launch.OperationsVerticle;
import io.cloneplatform.common.launch.ServiceModule;
import io.cloneplatform.common.metrics.Counts;
import io.vertx.core.Future;

/** Members' and admins' accounts: credentials, sessions, tokens, profiles, and whom gateways may trust. */
public final class AuthService implements ServiceModule {
    private final CredentialStore credentials = new CredentialStore();

    @Override
    public String name() {
        return "auth";
    }

    @Override
    public Future<Void> deploy(Node node) {
        Trust trust = new Trust(node);
        return trust.establish()
                .compose(issuer -> {
                    Sessions sessions = Sessions.of(issuer, node.vertx().eventBus());
                    return node.vertx()
                            .executeBlocking(
                                    () -> PasswordPolicy.of(node.config().production()))
                            .map(policy -> operations(node, trust, sessions, policy));
                })
                .compose(operations -> new SecondFactor(node.config().secondFactorRequired())
                        .establish(node.pool())
                        .map(operations))
                .compose(operations -> OperationsVerticle.deploy(node, name(), operations))
                .onSuccess(deployed -> {
                    new SessionSweep(node).start();
                    SigninLock.keepSmall(node);
                    new Forgetting(node).start();
                });
    }

    private Operations operations(Node node, Trust trust, Sessions sessions, PasswordPolicy policy) {
        Operations operations = new Operations(node.writes())
                .read(Addresses.AUTH_TRUST, trust::answer)
                .read(Addresses.AUTH_JWKS, trust::jwks)
                .read(Addresses.AUTH_VIP_TIER_REFUSE, request -> refuseOwnTier());
        sessionOperations(operations, node, sessions, policy);
        profileOperations(operations, node, sessions, policy);
        userOperations(operations, node, sessions, policy);
        accountOperations(operations, node, sessions, policy);
        secondFactorOperations(operations, node, sessions);
        auditOperations(operations, node);
        return operations;
    }

    private void sessionOperations(Operations operations, Node node, Sessions sessions, PasswordPolicy policy) {
        Signup signup = new Signup(node.hasher(), policy, sessions);
        Signin members = Signin.members(node, credentials, sessions);
        Signin admins = Signin.admins(node, credentials, sessions);
        SecondFactor factors = new SecondFactor(node.config().secondFactorRequired());
        operations
                .write(Addresses.AUTH_SIGNUP, signup::prepare, signup::apply)
                .write(Addresses.AUTH_SIGNIN, members::prepare, members::apply)
                .write(Addresses.AUTH_ADMIN_LOGIN, admins::prepare, new AdminSignin(admins, factors)::apply)
                .write(Addresses.AUTH_REFRESH, new Refresh(sessions)::apply)
                .write(Addresses.AUTH_SIGNOUT, new Signout(sessions)::apply);
        count(operations, new Counts(node.metrics()));
    }

    private static void count(Operations operations, Counts metrics) {
        Runnable signups = metrics.counter("clone.signups", "Members who signed up");
        SigninCounts members = new SigninCounts(metrics, "member");
        SigninCounts admins = new SigninCounts(metrics, "admin");
        operations
                .observe(Addresses.AUTH_SIGNIN, (request, reply) -> members.count(reply))
                .observe(Addresses.AUTH_ADMIN_LOGIN, (request, reply) -> admins.count(reply))
                .observe(Addresses.AUTH_SIGNUP, (request, reply) -> {
                    if (reply instanceof Reply.Done && !reply.replayed()) {
                        signups.run();
                    }
                });
    }

    private void profileOperations(Operations operations, Node node, Sessions sessions, PasswordPolicy policy) {
        ChangePassword password = new ChangePassword(node, policy, credentials, sessions);
        SetWithdrawalPassword withdrawalPassword = new SetWithdrawalPassword(node, policy, credentials);
        operations
                .read(Addresses.AUTH_PROFILE_GET, new GetProfile(node.lookups())::apply)
                .write(Addresses.AUTH_PROFILE_UPDATE, new UpdateProfile()::apply)
                .write(Addresses.AUTH_PASSWORD_CHANGE, password::prepare, password::apply)
                .write(Addresses.AUTH_WITHDRAWAL_PASSWORD_SET, withdrawalPassword::prepare, withdrawalPassword::apply);
    }

    private void userOperations(Operations operations, Node node, Sessions sessions, PasswordPolicy policy) {
        SetUserPassword password = new SetUserPassword(node.hasher(), policy, credentials, sessions);
        Removal removal = new Removal(credentials, sessions);
        DeleteAccount leaving = new DeleteAccount(node, credentials, removal);
        operations
                .read(Addresses.AUTH_ACCOUNT_EXPORT, new ExportAccount(node.pool())::apply)
                .write(Addresses.AUTH_ACCOUNT_DELETE, leaving::prepare, leaving::apply)
                .read(Addresses.AUTH_USERS_LIST, new ListUsers(node.pool())::apply)
                .read(Addresses.AUTH_USERS_GET, new GetUser(node.pool())::apply)
                .write(Addresses.AUTH_USERS_DELETE, new DeleteUser(removal)::apply)
                .write(Addresses.AUTH_USERS_PASSWORD, password::prepare, password::apply);
    }

    private void accountOperations(Operations operations, Node node, Sessions sessions, PasswordPolicy policy) {
        CreateAccount create = new CreateAccount(node.hasher(), policy, credentials);
        SetAccountPassword password = new SetAccountPassword(node.hasher(), policy, credentials, sessions);
        operations
                .read(Addresses.AUTH_ACCOUNTS_LIST, new ListAccounts(node.pool())::apply)
                .write(Addresses.AUTH_ACCOUNTS_CREATE, create::prepare, create::apply)
                .write(Addresses.AUTH_ACCOUNTS_UPDATE, new UpdateAccount(credentials, sessions)::apply)
                .write(Addresses.AUTH_ACCOUNTS_PASSWORD, password::prepare, password::apply)
                .write(Addresses.AUTH_ACCOUNTS_REVOKE, new RevokeAccount(credentials, sessions)::apply);
    }

    private static void secondFactorOperations(Operations operations, Node node, Sessions sessions) {
        SecondFactor factors = new SecondFactor(node.config().secondFactorRequired());
        operations
                .write(Addresses.AUTH_SECOND_FACTOR_ENROL, factors::enrol)
                .write(Addresses.AUTH_SECOND_FACTOR_CONFIRM, factors::confirm)
                .write(Addresses.AUTH_SECOND_FACTOR_REMOVE, factors::remove)
                .write(Addresses.AUTH_ACCOUNTS_SECOND_FACTOR_REMOVE, new RemoveSecondFactor(factors, sessions)::apply);
    }

    private static void auditOperations(Operations operations, Node node) {
        operations
                .read(Addresses.AUTH_AUDIT_LIST, new ListAudit(node.pool())::apply)
                .write(Addresses.AUTH_DENIED, (tx, request) -> Future.succeededFuture(Reply.ok(Json.object())))
                .read(Addresses.AUTH_ACTIVITY, new ReadActivity(node.pool())::apply);
    }

    private static Future<Reply> refuseOwnTier() {
        return Future.succeededFuture(
                Reply.refuse(ErrorCode.FORBIDDEN, "Members cannot set their own tier; it follows from what they earn"));
    }
}
