import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "@/shared/lib/cn";

export const buttonStyle = cva(
  "inline-flex h-8 shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-control px-3 text-body font-medium transition-colors disabled:opacity-50 [&_svg]:size-3.5",
  {
    variants: {
      look: {
        primary: "bg-ink text-canvas hover:bg-ink-2",
        secondary: "border border-line-strong bg-surface text-ink shadow-card hover:bg-sunken",
        quiet: "text-ink-2 hover:bg-sunken hover:text-ink",
        danger: "bg-block-solid text-on-block hover:opacity-90",
        icon: "size-8 px-0 text-ink-2 hover:bg-sunken hover:text-ink [&_svg]:size-4",
      },
    },
    defaultVariants: { look: "secondary" },
  },
);

type Props = ComponentProps<"button"> & VariantProps<typeof buttonStyle>;

export function Button({ look, className, type = "button", ...rest }: Props) {
  return <button type={type} className={cn(buttonStyle({ look }), className)} {...rest} />;
}
