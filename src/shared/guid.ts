const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is one id as Genesys Cloud writes those of users, and nothing else; in any case. */
export const isGuid = (text: string): boolean => GUID.test(text);
