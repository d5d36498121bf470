"""Who people are: passwords of local users, and sign-in through an OpenID Connect provider."""
