/**
 * Sends the forms of the home page without leaving it, and shows the answer. The page works
 * without.
 */
export const SCRIPT = `
'use strict';
const randomId = () => String(Math.floor(Math.random() * 900000) + 100000);

const BROKEN = { status: 'a response that broke off', id: null, text: 'Nothing whole came.' };

async function send(form) {
  const body = new URLSearchParams(new FormData(form));
  const isGet = form.method === 'get';
  const path = form.dataset.path.replace('{id}', randomId());
  const response = await fetch(isGet && body.size ? path + '?' + body : path, {
    method: form.method.toUpperCase(),
    headers: { Accept: 'application/json', ...JSON.parse(form.dataset.headers || '{}') },
    body: isGet ? undefined : body,
  });
  return { path, status: response.status, id: response.headers.get('x-error-id'), text: await response.text() };
}

function element(name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  made.textContent = text;
  return made;
}

function readable(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text || '(empty)'; }
}

function show(form, answers) {
  const last = answers[answers.length - 1];
  const output = form.parentElement.querySelector('output');
  const count = answers.length > 1 ? answers.length + ' answers, the last: ' : 'The client got ';
  output.replaceChildren(element('strong', count + last.status), element('pre', readable(last.text)));
  const id = last.id || (/"eventId":"([0-9a-f-]{36})"/.exec(last.text) || [])[1];
  if (id) output.append(element('a', 'See what the tracker knows', { href: '/errors/events/' + id }));
  else if (form.dataset.tracked === 'quiet') output.append('Nothing to see in the tracker, on purpose.');
  else output.append(element('a', 'Open the tracker', { href: '/errors' }));
  output.classList.add('shown');
}

document.addEventListener('submit', async (submitted) => {
  const form = submitted.target;
  if (!form.dataset.path) return;
  submitted.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    const answers = [];
    const times = Number(form.dataset.times || 1);
    while (answers.length < times) {
      const burst = Math.min(10, times - answers.length);
      answers.push(...(await Promise.all(Array.from({ length: burst }, () => send(form).catch(() => BROKEN)))));
    }
    show(form, answers);
  } finally {
    button.disabled = false;
  }
});
`;
