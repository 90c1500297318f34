import { type ReactElement, useState } from "react";
import { chooseTheme, readTheme, type ThemeChoice } from "../platform/theme.ts";
import { Icon } from "../ui/icons.tsx";
import { MenuButton } from "../ui/menu.tsx";
import { words } from "./words.ts";

const themes: readonly ThemeChoice[] = ["system", "light", "dark"];

export function SettingsMenu(props: {
  readonly openModels: () => void;
  readonly openConnection: () => void;
  readonly openKeys: () => void;
}): ReactElement {
  const [theme, setTheme] = useState(readTheme);
  return (
    <MenuButton
      label={words.settings}
      items={() => [
        { label: words.models, icon: <Icon name="key" />, choose: props.openModels },
        { label: words.connection, icon: <Icon name="server" />, choose: props.openConnection },
        { label: words.keys, icon: <Icon name="keyboard" />, hint: <kbd>?</kbd>, choose: props.openKeys },
        "line",
        { group: words.theme },
        ...themes.map((choice) => ({
          label: words.themes[choice],
          isChecked: choice === theme,
          choose: () => {
            chooseTheme(choice);
            setTheme(choice);
          },
        })),
      ]}
    >
      <Icon name="gear" />
    </MenuButton>
  );
}
