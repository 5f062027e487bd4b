export function Mark({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className={className}>
      <path fill="var(--accent)" d="M16 2 4 6.2v9.3c0 7 5 12.2 12 14.5 7-2.3 12-7.5 12-14.5V6.2z" />
      <path stroke="var(--on-accent)" strokeWidth="2.4" strokeLinecap="round" d="M10 11.5h12M10 16h12M10 20.5h7" />
    </svg>
  );
}
