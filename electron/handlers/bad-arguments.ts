import type { z } from 'zod';

/**
 * What to say of an argument that the contract does not allow. Used while parsing, so that a sentence the
 * contract has of its own goes first. Limits that a person can run into are told in their words; anything
 * else only a window of another edition would send.
 */
export function wordsFor(issue: z.core.$ZodRawIssue): string {
  const what = nameOf(issue.path ?? []);
  if (issue.code === 'too_big' && issue.origin === 'string') {
    return `${what} may have ${issue.maximum} characters at most.`;
  }
  if (issue.code === 'too_small' && issue.origin === 'string') {
    return Number(issue.minimum) === 1
      ? `${what} is needed.`
      : `${what} needs ${issue.minimum} characters or more.`;
  }
  return `This window sent something that this Parley does not understand (${what.toLowerCase()}). Reload the window, then try again.`;
}

/** Only the first trouble: the next is told when this one is out of the way. */
export function sentenceAbout(error: z.ZodError): string {
  return `Nothing was changed. ${error.issues[0]?.message ?? wordsFor({ code: 'custom', input: undefined })}`;
}

/** `callbackAt` is “Callback at” to people; a place in a list says nothing to them. */
function nameOf(path: readonly PropertyKey[]): string {
  const key = path.findLast((part) => typeof part === 'string') ?? 'what was asked';
  const words = key
    .replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/[^\p{L}\p{N} ]/gu, ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1, 40)}`.trim();
}
