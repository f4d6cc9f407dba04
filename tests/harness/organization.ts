import { join } from 'node:path';

/** The demo city, as shipped. */
export const ORGANIZATION = join(import.meta.dirname, '../../infra/local/organization.yaml');
