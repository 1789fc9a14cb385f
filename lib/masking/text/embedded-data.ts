/** Deeper JSON is taken for plain text: nobody nests so far but to exhaust the stack. */
const DEEPEST = 40;
/** How often an encoded text may be encoded again: a redirect in a redirect in a redirect. */
const MAX_ENCODINGS = 4;

/** What a query string, a form or a path separates. Nothing is tried twice: the time is linear. */
const COMPONENT = /[^\s"'`<>&=?#[\]{}|\\]+/g;
const ENCODED = /%[\da-f]{2}/i;
/** What stands around a secret, or within it, where encoding hides it; anything else is recognised as it is. */
const MAY_HIDE = /[:=@<,%\s]/;
const SHORTEST = 6;

/** The masked JSON if the text is JSON and holds anything to mask; `undefined` if not. Formatting is lost. */
export function maskJson(text: string, maskTree: (value: unknown) => unknown): string | undefined {
  const start = text.trimStart().charAt(0);
  if ((start !== '{' && start !== '[' && start !== '"') || nesting(text) > DEEPEST) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const before = JSON.stringify(value);
  const after = JSON.stringify(maskTree(value));
  return after === before ? undefined : after;
}

/**
 * Decodes what is URL encoded, shows it to the masker and encodes the answer again: credentials in the address in a
 * query parameter, JSON in a form. What holds no secret stays as it is, to the letter.
 */
export function maskEncoded(
  text: string,
  mask: (decoded: string) => string,
  replacement: string,
  depth = 0,
): string {
  if (depth === MAX_ENCODINGS || !ENCODED.test(text)) return text;
  return text.replace(COMPONENT, (component) => {
    if (!component.includes('%')) return component;
    const decoded = decode(component);
    if (decoded === component || decoded.length < SHORTEST || !MAY_HIDE.test(decoded)) return component;
    const masked = mask(maskEncoded(decoded, mask, replacement, depth + 1));
    if (masked === decoded) return component;
    return masked.split(replacement).map(encode).join(replacement);
  });
}

function decode(component: string): string {
  const text = component.replaceAll('+', ' ');
  try {
    return decodeURIComponent(text);
  } catch {
    // Half of it is: then ASCII, which is what secrets are recognised by.
    return text.replace(/%([0-7][\da-f])/gi, (_found, code: string) =>
      String.fromCharCode(parseInt(code, 16)),
    );
  }
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** An upper bound: brackets in strings count too. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 123 /* { */ || code === 91 /* [ */) deepest = Math.max(deepest, ++depth);
    else if (code === 125 /* } */ || code === 93 /* ] */) depth--;
  }
  return deepest;
}
