import { type VapiCall, isLive } from './call.ts';
import { type Vapi, iso } from './org.ts';
import { analysisOf, artifactOf, costsOf } from './report.ts';

/** A call as the API shows it. What is not known yet is not there. */
export function faceOf(vapi: Vapi, call: VapiCall): Record<string, unknown> {
  const { world, org } = vapi;
  const live = `${world.url.replace('http', 'ws')}/vapi/live/${call.id}`;
  return {
    ...shortFaceOf(vapi, call),
    status: call.status,
    ...(call.endedReason !== null && { endedReason: call.endedReason }),
    ...(call.startedAt !== null && { startedAt: iso(call.startedAt) }),
    ...(call.endedAt !== null && { endedAt: iso(call.endedAt) }),
    ...(call.destination !== null && { destination: call.destination }),
    ...(call.wish.assistantOverrides !== undefined && { assistantOverrides: call.wish.assistantOverrides }),
    ...(call.wish.schedulePlan !== undefined && { schedulePlan: call.wish.schedulePlan }),
    monitor: { listenUrl: `${live}/listen`, controlUrl: `${world.url}/vapi/live/${call.id}/control` },
    ...(call.isReported && {
      ...costsOf(call),
      analysis: analysisOf(call),
      artifact: artifactOf(vapi, call),
    }),
    ...(call.status === 'queued' &&
      Number.isFinite(org.limits.callsMax) && { subscriptionLimits: limitsOf(vapi) }),
  };
}

/** What stands in every event about a call. */
export function shortFaceOf({ org }: Vapi, call: VapiCall): Record<string, unknown> {
  const { assistantOverrides: _overrides, ...customer } = call.customer;
  const number = org.phoneNumbers.find(({ id }) => id === call.wish.phoneNumberId);
  return {
    id: call.id,
    orgId: org.orgId,
    createdAt: iso(call.createdAt),
    updatedAt: iso(call.updatedAt),
    type: 'outboundPhoneCall',
    phoneCallProvider: number?.provider ?? 'twilio',
    phoneCallTransport: 'pstn',
    phoneCallProviderId: call.providerId,
    ...(call.wish.assistantId !== undefined && { assistantId: call.wish.assistantId }),
    ...(call.wish.phoneNumberId !== undefined && { phoneNumberId: call.wish.phoneNumberId }),
    customer,
    ...(call.name !== null && { name: call.name }),
  };
}

export function limitsOf({ org }: Vapi): Record<string, unknown> {
  const live = [...org.calls.values()].filter((call) => isLive(call) && call.status !== 'scheduled').length;
  const limit = Number.isFinite(org.limits.callsMax) ? org.limits.callsMax : 10_000;
  return {
    concurrencyBlocked: live > limit,
    concurrencyLimit: limit,
    remainingConcurrentCalls: Math.max(0, limit - live),
  };
}
