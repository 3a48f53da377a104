import type { StandIn } from './open.ts';

/** What somebody who starts it by hand has to know. */
export function welcome({ url, twilio, vapi, voipstudio }: StandIn): string {
  return `The carriers' stand-in is at ${url}. Nobody is ever called, and it ends with Ctrl+C.

Twilio       base URL    ${twilio.baseUrl}
             account     ${twilio.sid}
             auth token  ${twilio.authToken}
             API key     ${twilio.keySid} / ${twilio.keySecret}
             test        ${twilio.testSid} / ${twilio.testAuthToken}
             numbers     ${twilio.numbers.map(({ phoneNumber }) => phoneNumber).join(', ')}

Vapi         base URL    ${vapi.baseUrl}
             private key ${vapi.privateKey}
             assistants  ${vapi.assistants.map(({ name, id }) => `${name} ${id}`).join(', ')}
             numbers     ${vapi.phoneNumbers.map(({ number, id }) => `${number} ${id}`).join(', ')}

VoIPStudio   base URL    ${voipstudio.baseUrl}
             token       ${voipstudio.token}
             users       ${voipstudio.users.map(({ name, id, hasPhone }) => `${name} ${id} (${hasPhone ? 'phone open' : 'no phone'})`).join(', ')}
             numbers     ${voipstudio.numbers.join(', ')}

Every number is answered by a human who talks for 20 seconds. To change that:
  curl ${url}/control -d '{"script": {"+12025550110": {"kind": "machine", "beepMs": 4000}}}'
  curl ${url}/control -d '{"speed": 10, "mix": {"human": 3, "no-answer": 5, "busy": 1}}'
What else it can be told:   curl ${url}/control
Who was really called:      curl ${url}/control/truth
`;
}

/** The same for a program: what the app’s settings want, by carrier. */
export function credentials({ url, twilio, vapi, voipstudio }: StandIn): Record<string, unknown> {
  const { sid, authToken, keySid, keySecret, testSid, testAuthToken } = twilio;
  return {
    url,
    control: `${url}/control`,
    twilio: {
      baseUrl: twilio.baseUrl,
      accountSid: sid,
      authToken,
      keySid,
      keySecret,
      testSid,
      testAuthToken,
      numbers: twilio.numbers.map(({ phoneNumber }) => phoneNumber),
    },
    vapi: {
      baseUrl: vapi.baseUrl,
      key: vapi.privateKey,
      publicKey: vapi.publicKey,
      assistants: vapi.assistants.map(({ id, name }) => ({ id, name })),
      phoneNumbers: vapi.phoneNumbers,
    },
    voipstudio: {
      baseUrl: voipstudio.baseUrl,
      token: voipstudio.token,
      users: voipstudio.users.map(({ id, name }) => ({ id, name })),
      numbers: voipstudio.numbers,
    },
  };
}
