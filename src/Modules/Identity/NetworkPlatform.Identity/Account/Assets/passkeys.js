// filled in with passkeys
