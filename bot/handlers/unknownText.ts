import { notice } from '../../cards/strings/notices.ts';
import { describesDanger } from '../../services/reports/reports.ts';
import { showHome } from './home.ts';
import type { Answer, Services, Turn } from './turn.ts';

const READ = 1_000;

/** Anything not understood shows the buttons; a sentence that describes danger points at the right one. */
export async function unknownText(services: Services, turn: Turn, typed: string): Promise<Answer> {
  const danger = await describesDanger(services.classifier, typed.slice(0, READ));
  const extension = services.directory.helpExtension;
  return showHome(
    services,
    turn,
    notice(turn.language, danger ? 'dangerText' : 'notUnderstood', { extension }),
  );
}
