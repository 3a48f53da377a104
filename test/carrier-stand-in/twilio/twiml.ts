import sax from 'sax';

/** One instruction: `<Dial timeLimit="60"><Conference>room</Conference></Dial>`. */
export interface Verb {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Verb[];
  readonly text: string;
}

const VERBS = ['Say', 'Play', 'Dial', 'Gather', 'Hangup', 'Record', 'Pause', 'Redirect', 'Reject'];

/** What a TwiML document asks for, in its order. Null where Twilio would not understand it (12100). */
export function readTwiml(text: string): readonly Verb[] | null {
  const root = treeOf(text);
  if (root?.name !== 'Response') return null;
  return root.children.every(({ name }) => VERBS.includes(name)) ? root.children : null;
}

interface Growing extends Verb {
  readonly children: Growing[];
  text: string;
}

function treeOf(xml: string): Verb | null {
  const parser = sax.parser(true, { trim: true });
  const top: Growing = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  let isBroken = false;
  parser.onerror = () => {
    isBroken = true;
  };
  parser.onopentag = ({ name, attributes }) => {
    const verb: Growing = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    open.at(-1)!.children.push(verb);
    open.push(verb);
  };
  parser.ontext = (text) => {
    open.at(-1)!.text += text;
  };
  parser.onclosetag = () => void open.pop();
  try {
    parser.write(xml).close();
  } catch {
    return null;
  }
  return isBroken ? null : (top.children[0] ?? null);
}
