import { z } from 'zod';

/** An id of this app or of Genesys Cloud. */
export const id = z.string().min(1).max(200);
