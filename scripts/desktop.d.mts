export function desktopCommand(command: readonly string[]): string[];
