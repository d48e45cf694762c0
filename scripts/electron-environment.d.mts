export function electronChoice(): 'electron' | 'chromium' | 'nothing';
export function electronVersion(): string;
export function electronEnvironment(): Record<string, string>;
export const IN_SANDBOX: { readonly chromiumSandbox: boolean };
