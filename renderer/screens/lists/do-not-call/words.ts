export const KINDS = ['number', 'area-code', 'company', 'domain'] as const;
export type Kind = (typeof KINDS)[number];

export const KIND_WORD: Readonly<Record<Kind, string>> = {
  number: 'Number',
  'area-code': 'Area code',
  company: 'Company',
  domain: 'Mail domain',
};

export const KIND_HINT: Readonly<Record<Kind, string>> = {
  number: 'One to a line, as they are written: (212) 555-0123, or with its country.',
  'area-code': 'One to a line: 212, or with its country, such as +44 20.',
  company: 'One to a line, as the company is written on your lists.',
  domain: 'One to a line: example.com.',
};
