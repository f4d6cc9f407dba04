/** The part of the demo page that shows what went out on the second way. */
export const ALARM_STRIP = `<aside id="alarms" aria-label="代替連絡">
  <h2>代替連絡（電話・放送）に送った内容</h2>
  <p id="no-alarms">まだありません。「緊急」で呼ぶか、30秒だれも応答しないと、ここに出ます。</p>
  <ol id="alarm-list" aria-live="polite"></ol>
</aside>`;

export const ALARM_STYLE = `
#alarms { background: #fff; border: 1px solid #c8c8d0; border-radius: 8px; margin: 8px 16px 0; padding: 6px 12px; }
#alarms h2 { font-size: 13px; }
#alarms p, #alarms ol { font-size: 13px; margin: 2px 0 0; }
#alarms p { color: #555; }
#alarms ol { list-style: none; max-height: 84px; overflow-y: auto; padding: 0; }
#alarms li { display: flex; gap: 10px; padding: 1px 0; }
#alarms time { color: #555; flex: none; font-variant-numeric: tabular-nums; }
#alarms b { flex: none; min-width: 6em; }
`;

/** Only what is new is drawn, and as text: nothing flickers, nothing is taken for markup. */
export const alarmScript = (listUrl: string): string => `
const REASONS = { emergency: '緊急', unanswered: '応答なし', exhausted: '全員応答なし', 'engine-ill': 'まもり停止', 'engine-well': 'まもり復旧', 'case-stuck': '続けられない事案' };
const list = document.getElementById('alarm-list');
const shown = new Set();
async function alarms() {
  const all = await fetch(${JSON.stringify(listUrl)}).then((answer) => answer.json()).catch(() => []);
  const fresh = all.filter(({ id }) => !shown.has(id));
  if (fresh.length === 0) return;
  document.getElementById('no-alarms').hidden = true;
  list.prepend(...fresh.map(({ id, at, reason, text }) => {
    shown.add(id);
    const item = document.createElement('li');
    const time = document.createElement('time');
    time.dateTime = at;
    time.textContent = new Date(at).toLocaleTimeString('ja-JP', { timeZone: 'Asia/Tokyo' });
    const why = document.createElement('b');
    why.textContent = REASONS[reason] ?? reason;
    const said = document.createElement('span');
    said.textContent = text;
    item.append(time, why, said);
    return item;
  }));
}
setInterval(alarms, 2000);
alarms();
`;
