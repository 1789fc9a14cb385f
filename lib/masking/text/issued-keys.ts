import { findByForm } from './secret-finder.js';

/** PEM. Without its end line, as after a cut, everything that follows belongs to the key. */
export const privateKeys = findByForm(
  /-----BEGIN /,
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^-]*(?:-(?!----END)[^-]*)*(?:-----END[A-Z0-9 ]{0,60}-{0,5}|$)/g,
);

/**
 * Where the first part of a JSON Web Token hides in a longer word, its second part, which is the
 * content, starts in the same way.
 */
export const jsonWebTokens = findByForm(/eyJ/, /(?<![\w-])eyJ[\w-]{5,}(?:\.[\w-]*){1,4}/g);

/**
 * Starts of keys as vendors issue them. A start counts only where a word starts, and one class of
 * characters follows it: no text makes the engine try one place twice.
 */
const ISSUED = [
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}',
  'gh[pousr]_[A-Za-z0-9]{16,}',
  'github_pat_[A-Za-z0-9_]{16,}',
  'gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas)-[\\w-]{16,}',
  'xox[a-z]-[A-Za-z0-9-]{8,}',
  'xapp-[A-Za-z0-9-]{8,}',
  '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{8,}',
  'whsec_[A-Za-z0-9+/=]{16,}',
  'sk-(?:proj|ant|svcacct|admin)-[\\w-]{16,}',
  'sk-[A-Za-z0-9]{32,}',
  'npm_[A-Za-z0-9]{30,}',
  'pypi-[\\w-]{32,}',
  'AIza[\\w-]{30,}',
  'ya29\\.[\\w-]{16,}',
  'GOCSPX-[\\w-]{16,}',
  'SG\\.[\\w-]{16,64}\\.[\\w-]{16,}',
  'hv[sb]\\.[\\w-]{20,}',
  'do[opr]_v1_[a-f0-9]{32,}',
  'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}',
  'sq0[a-z]{3}-[\\w-]{20,}',
].join('|');

export const vendorKeys = findByForm(
  /A[KSBC][IC]A|gh[pousr]_|github_pat|gl[a-z]{2,5}-|xox|xapp|_live_|_test_|whsec|sk-|npm_|pypi-|AIza|ya29|GOCSPX|SG\.|hv[sb]\.|_v1_|shp|sq0/,
  new RegExp(`(?<![A-Za-z0-9])(?:${ISSUED})`, 'g'),
);

/** The address of a Slack webhook is a secret: it is all that posting takes. */
export const slackWebhooks = findByForm(
  /hooks\.slack/,
  /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/+-]+/g,
);
