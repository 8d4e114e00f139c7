//! Sign-in by a county's own directory: OpenID Connect, code flow with PKCE.
