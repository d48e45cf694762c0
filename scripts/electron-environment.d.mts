export function electronChoice(): 'electron' | 'chromium' | 'nothing';
export function electronVersion(): string;
export function electronEnvironment(): Record<string, string>;
