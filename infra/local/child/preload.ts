import { stopWithParent } from './follow.ts';

stopWithParent();
