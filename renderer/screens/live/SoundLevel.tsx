/** How loud the call is that is listened to. For the eye; who listens hears it. */
export function SoundLevel({ level }: { level: number }) {
  return (
    <span className="flex items-center gap-1.5 text-sm text-muted">
      <span aria-hidden className="h-2 w-20 overflow-hidden rounded-full bg-sunken">
        <span className="block h-full bg-accent" style={{ width: `${Math.round(level * 100)}%` }} />
      </span>
      You are listening
    </span>
  );
}
