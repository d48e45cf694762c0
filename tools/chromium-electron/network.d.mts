export declare function startNetwork(switches: Readonly<Record<string, string>>): typeof globalThis.fetch;
