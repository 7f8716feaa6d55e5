/**
 * Sign-in with other parties by OpenID Connect: the authorization code flow with PKCE (OpenID Connect Core 1.0, RFC 7636, RFC 9700),
 * the accounts they are linked to, and the mappings through which alone what they say changes a role. Protocol and cryptography
 * are Nimbus' libraries; what stands here is what the city decides.
 */
@NullMarked
package motette.signin.oidc;

import org.jspecify.annotations.NullMarked;
