export const canaryKinds = [
  'app key',
  'app secret',
  'access token',
  'approval key',
  'AES key',
  'AES iv',
  'hash key',
  'account number',
  'account number, 8-2',
  'HTS id',
  'registered IP',
  'webhook token',
] as const;
export type CanaryKind = (typeof canaryKinds)[number];

/**
 * Made-up secrets that suites and trials work with, by kind. None of them may stand in anything that a run leaves behind:
 * `tooling/canary-scan.ts` looks for them after all suites. Give a new suite one of these, or add its own here; a part that
 * several values share is enough. Keys that a program shows on purpose (`qts-venue` prints its demo keys) are not listed.
 */
export const canaryMarks: Readonly<Record<CanaryKind, readonly [string, ...string[]]>> = {
  'app key': ['CANARY-KEY-', 'CANARYKEY0123456789abcdef', 'FAKEKEY0123456789FAKEKEY'],
  'app secret': ['CANARY-SECRET-', 'CANARYSECRET0123456789', 'fakeSecret0123456789fakeSecret'],
  // What every KIS token of the venue begins with, and what stubs hand out.
  'access token': [
    Buffer.from('{"typ":"JWT","alg":"HS512"}').toString('base64url'),
    'canaryTokenCanaryToken',
    'CANARY-TOKEN-5e0c',
  ],
  'approval key': ['ca9a54e0-0000-4000-8000-ca9a54e0ca9a'],
  'AES key': ['CANARYAESKEY0123456789abcdefCANA'],
  'AES iv': ['CANARYIV01234567'],
  'hash key': ['ca9a5400ca9a5400ca9a5400ca9a5400ca9a5400ca9a5400ca9a5400ca9a5400'],
  'account number': ['7391502401', '6120847351'],
  'account number, 8-2': ['73915024-01', '61208473-51'],
  'HTS id': ['CANARY-HTS-', 'CANARYHTS'],
  'registered IP': ['203.0.113.249'],
  'webhook token': ['canary/webhook+"4711"\\=token'],
};

export type CanaryEncoding = 'plain' | 'base64' | 'hex' | 'URL' | 'JSON';

/** The forms in which a secret may slip out. Base64 depends on where in its text a secret stands: three forms of it. */
export const canaryEncodings: Readonly<Record<CanaryEncoding, (mark: string) => readonly string[]>> = {
  plain: (mark) => [mark],
  base64: (mark) => [0, 1, 2].map((shift) => base64Within(mark, shift)),
  hex: (mark) => [Buffer.from(mark).toString('hex')],
  URL: (mark) => [encodeURIComponent(mark)],
  JSON: (mark) => [JSON.stringify(mark).slice(1, -1)],
};

/** What of the base64 of any text with the mark `shift` bytes (mod 3) from its start is the same whatever stands around it. */
function base64Within(mark: string, shift: number): string {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(mark)]);
  const text = bytes.toString('base64');
  return text.slice(Math.ceil((shift * 8) / 6), Math.floor((bytes.length * 8) / 6));
}

/** What a text gives away: each kind and form once. */
export function findCanaries(text: string): readonly { readonly kind: CanaryKind; readonly encoding: string }[] {
  return forms.filter(({ form }) => text.includes(form));
}

const forms = canaryKinds.flatMap((kind) =>
  canaryMarks[kind].flatMap((mark) =>
    (Object.keys(canaryEncodings) as readonly CanaryEncoding[]).flatMap((encoding) =>
      canaryEncodings[encoding](mark).map((form) => ({ kind, encoding, form })),
    ),
  ),
);
