# Ubuntu 23.10 and later let only programs with a profile make user namespaces, which Chromium's sandbox is built on:
# https://ubuntu.com/blog/ubuntu-23-10-restricted-unprivileged-user-namespaces
# The profile restricts nothing else; it gives the sandbox back, so that nobody starts the app with --no-sandbox.
abi <abi/4.0>,
include <tunables/global>

profile ${executable} "/opt/${sanitizedProductName}/${executable}" flags=(unconfined) {
  userns,

  include if exists <local/${executable}>
}
