/** Ids of Genesys Cloud are GUIDs; anything else in a path could mean another operation ("me", "timeout"). */
export const isGuid = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
