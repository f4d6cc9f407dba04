/**
 * Runs in the Playground's page. When the Playground ends, its page neither says so nor connects again, and the next
 * one knows nothing of the cards that still stand there: their buttons would do nothing, without a word. So the window
 * says that it is cut off, and is loaded anew once a Playground answers here again.
 */
(() => {
  const STREAM = '/_ws_conversation/';
  const TRY_AGAIN_MS = 1_000;
  let isCutOff = false;

  window.WebSocket = class extends window.WebSocket {
    constructor(url, ...rest) {
      super(url, ...rest);
      if (String(url).includes(STREAM)) this.addEventListener('close', cutOff);
    }
  };

  function cutOff() {
    if (isCutOff) return;
    isCutOff = true;
    const notice = document.createElement('div');
    notice.setAttribute('role', 'alert');
    notice.style =
      'position:fixed;inset:0 0 auto;z-index:1000000;padding:12px 16px;white-space:pre-line;background:#a4262c;color:#fff;font-weight:bold';
    notice.textContent =
      'まもりとの接続が切れました。この画面のボタンは効きません。もう一度起動すると、自動で開き直します。\nDisconnected. This window opens again when Mamori runs.';
    document.body.append(notice);
    void reopen();
  }

  async function reopen() {
    const answers = await fetch('/_debug/ping').then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) location.reload();
    else setTimeout(reopen, TRY_AGAIN_MS);
  }
})();
