package io.cloneplatform.standalone;

import io.cloneplatform.auth.AuthService;
import io.cloneplatform.common.launch.ServiceModule;
import io.cloneplatform.earnings.EarningsService;
import io.cloneplatform.gateway.GatewayService;
import io.cloneplatform.premium.PremiumService;
import io.cloneplatform.support.SupportService;
import io.cloneplatform.withdrawal.WithdrawalService;
import java.util.List;

/** Everything that the platform consists of. */
public final class Services {
    private Services() {}

    /** New instances of all of them. */
    public static List<ServiceModule> all() {
        return List.of(
                new GatewayService(),
                new AuthService(),
                new EarningsService(),
                new WithdrawalService(),
                new SupportService(),
                new PremiumService());
    }
}
