/** Permissions that the simulated roles grant: the ones the simulated routes ask for, and some for company. */
export const PERMISSIONS = [
  'analytics:conversationDetail:view',
  'authorization:grant:view',
  'authorization:role:view',
  'conversation:call:view',
  'directory:group:add',
  'directory:organization:admin',
  'directory:user:add',
  'directory:user:edit',
  'directory:user:view',
  'oauth:client:authorize',
  'oauth:client:view',
  'oauth:token:delete',
  'presence:userPresence:view',
  'routing:queue:join',
  'routing:queue:view',
] as const;

export type Permission = (typeof PERMISSIONS)[number];
