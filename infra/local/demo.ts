import { ALARM_STRIP, ALARM_STYLE, alarmScript } from './alarms/strip.ts';
import { workplace } from './windows.ts';

/** One Teams window on the demo page. */
interface DemoWindow {
  readonly name: string;
  readonly post: string;
  readonly section: string;
  readonly role: string;
  readonly url: string;
}

/**
 * The page at `/demo`: everybody's Teams side by side, each under name and post.
 *
 * @param alarms where the alarms that came in are listed; without one they are not shown
 */
export function demoPage(city: string, windows: readonly DemoWindow[], alarms?: string): string {
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>まもり デモ（${html(city)}）</title>
<style>${STYLE}${alarms === undefined ? '' : ALARM_STYLE}</style>
</head>
<body>
<header>
  <h1>まもり <small>${html(city)}のデモ</small></h1>
  <p>${HINT}</p>
  <p id="state" role="status"></p>
</header>
${alarms === undefined ? '' : ALARM_STRIP}
<main>
${windows.map(panel).join('\n')}
</main>
<script>${SCRIPT}${alarms === undefined ? '' : alarmScript(alarms)}</script>
</body>
</html>
`;
}

function panel(window: DemoWindow): string {
  const { name, role, url } = window;
  const where = workplace(window);
  const title = `${name}（${where}）のTeams`;
  return `<section>
  <div class="bar">
    <span class="role">${html(role)}</span>
    <h2>${html(name)} <small>${html(where)}</small></h2>
    <a href="${html(url)}" target="_blank" rel="noopener">別タブ</a>
  </div>
  <iframe src="${html(url)}" title="${html(title)}"></iframe>
</section>`;
}

const HINT =
  'いちばん左の窓に <kbd>応援 2番窓口</kbd> と入力して送信すると、ほかの人の窓に呼び出しが届きます。' +
  '<span lang="en">Type it into the first window and watch the others.</span>';

const STYLE = `
:root { font-family: "Noto Sans JP", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic UI", Meiryo, sans-serif; color: #242424; }
* { box-sizing: border-box; }
body { background: #f0f0f5; display: flex; flex-direction: column; margin: 0; min-height: 100vh; }
header { align-items: baseline; display: flex; flex-wrap: wrap; gap: 4px 24px; padding: 10px 16px 2px; }
h1 { font-size: 20px; margin: 0; }
h1 small { color: #555; font-size: 14px; font-weight: normal; }
header p { font-size: 13px; margin: 0; }
header p span[lang] { color: #555; margin-left: 8px; }
kbd { background: #fff; border: 1px solid #999; border-radius: 4px; font: inherit; padding: 0 6px; }
#state { font-weight: bold; margin-left: auto; }
#state.down { color: #a4262c; }
main { display: grid; flex: 1; gap: 12px; grid-template-columns: repeat(2, minmax(0, 1fr)); padding: 10px 16px 16px; }
section { background: #fff; border: 1px solid #c8c8d0; border-radius: 8px; display: flex; flex-direction: column; min-height: 640px; overflow: hidden; }
.bar { align-items: center; border-bottom: 1px solid #c8c8d0; display: flex; gap: 4px 10px; padding: 8px 12px; }
h2 { font-size: 15px; margin: 0; white-space: nowrap; }
h2 small { color: #555; font-size: 13px; font-weight: normal; margin-left: 4px; }
.bar a { font-size: 12px; margin-left: auto; white-space: nowrap; }
.role { background: #464775; border-radius: 4px; color: #fff; font-size: 12px; padding: 2px 8px; white-space: nowrap; }
iframe { border: 0; flex: 1; width: 100%; }
@media (min-width: 1400px) {
  main { grid-template-columns: repeat(4, minmax(0, 1fr)); }
}
@media (max-width: 699px) {
  main { grid-template-columns: minmax(0, 1fr); }
}
`;

/** Says honestly when the bot is away: the windows alone would not show it. */
const SCRIPT = `
const state = document.getElementById('state');
async function check() {
  const ok = await fetch('/readyz').then((answer) => answer.ok, () => false);
  state.textContent = ok ? '' : 'まもりが応答していません。起動した画面（ターミナル）を確かめてください。';
  state.className = ok ? '' : 'down';
}
setInterval(check, 5000);
check();
`;

function html(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
