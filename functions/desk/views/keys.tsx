/** What the keys do, told by `?` and by the button in the bar. desk.js opens it and keeps whether the keys are on. */
export function Keys() {
  return (
    <dialog id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl class="keys">
        {keys.map(({ keys, words }) => (
          <div>
            <dt>
              {keys.map((key) => (
                <kbd>{key}</kbd>
              ))}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <label class="choice">
        <input type="checkbox" id="keys-on" checked />
        <span>Use these keys in this browser</span>
      </label>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}

const keys = [
  { keys: ['j'], words: 'next request' },
  { keys: ['k'], words: 'previous request' },
  { keys: ['o', 'Enter'], words: 'open the request' },
  { keys: ['g'], words: 'grant: go to the form' },
  { keys: ['d'], words: 'decline: go to the form' },
  { keys: ['+', '−', '0'], words: 'page of a scan: larger, smaller, fit the width' },
  { keys: ['r'], words: 'page of a scan: turn it' },
  { keys: ['/'], words: 'search' },
  { keys: ['?'], words: 'show these keys' },
];
