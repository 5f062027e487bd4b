import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "@/shared/lib/cn";

export const buttonStyle = cva(
  "inline-flex h-8 shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-control text-body font-medium transition-colors disabled:opacity-50",
  {
    variants: {
      look: {
        primary: "px-3 [&_svg]:size-3.5 bg-ink text-canvas hover:bg-ink-2",
        secondary: "px-3 [&_svg]:size-3.5 border border-line-strong bg-surface text-ink shadow-card hover:bg-sunken",
        quiet: "px-3 [&_svg]:size-3.5 text-ink-2 hover:bg-sunken hover:text-ink",
        danger: "px-3 [&_svg]:size-3.5 bg-block-solid text-on-block hover:opacity-90",
        icon: "w-8 text-ink-2 hover:bg-sunken hover:text-ink [&_svg]:size-4",
      },
    },
    defaultVariants: { look: "secondary" },
  },
);

type Props = ComponentProps<"button"> & VariantProps<typeof buttonStyle>;

export function Button({ look, className, type = "button", ...rest }: Props) {
  return <button type={type} className={cn(buttonStyle({ look }), className)} {...rest} />;
}
