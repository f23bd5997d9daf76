package io.cloneplatform.cli.smoke;

/**
 * A member this run made.
 *
 * @param id the member's id
 * @param email the address, unique to the run
 * @param username the username, unique to the run
 * @param name the name shown to others
 * @param password the password, random
 * @param token an access token
 * @param invitationCode the code that invites others below this member
 */
record Member(
        String id, String email, String username, String name, String password, String token, String invitationCode) {}
