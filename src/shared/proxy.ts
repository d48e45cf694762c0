/** A proxy that wants a user name and password before anything goes through it. */
export interface ProxyAsking {
  readonly host: string;
  readonly port: number;
  /** What the proxy calls itself. */
  readonly realm: string;
  /** `basic`, `digest`, `ntlm` or `negotiate`. */
  readonly scheme: string;
}

export interface ProxySignInRequest {
  readonly user: string;
  readonly password: string;
  /** In the keychain, for this proxy alone; otherwise until the app ends. */
  readonly remember: boolean;
}
