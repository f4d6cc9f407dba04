/** `npm run docs:access`: writes `docs/access.md` from the rules in `roles.ts`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessTable } from './accessTable.ts';

writeFileSync(join(import.meta.dirname, '../../docs/access.md'), accessTable());
