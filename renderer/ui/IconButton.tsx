import type { ReactNode } from 'react';
import { Button, type ButtonProps } from './Button.tsx';
import { cn } from './cn.ts';
import { Tooltip } from './Tooltip.tsx';

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon' | 'aria-label'> {
  /** Its name: read aloud, and shown on hover with its key. */
  label: string;
  icon: ReactNode;
}

const WIDTH = { sm: 'w-7', md: 'w-8', lg: 'w-10' };

/** A button that is only an icon. Its name and key show on hover and focus. */
export function IconButton({
  label,
  size = 'md',
  variant = 'ghost',
  shortcut,
  className,
  ...props
}: IconButtonProps) {
  const button = (
    <Button
      {...props}
      size={size}
      variant={variant}
      aria-label={label}
      className={cn('px-0', WIDTH[size], className)}
    />
  );
  if (props.disabledReason != null) return button;
  return (
    <Tooltip text={label} keys={shortcut}>
      {button}
    </Tooltip>
  );
}
