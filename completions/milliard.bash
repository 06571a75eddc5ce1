# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for milliard: commands, options, scenario and results files, keys and instruments.
_milliard()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
    local commands="run check show compare replay describe sensitivity export report --help --version"
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "$commands" -- "$current"))
        return
    fi
    case $previous in
    -l|--lang) COMPREPLY=($(compgen -W "en fr" -- "$current")); return ;;
    -x|--xlsx) compopt -o filenames; COMPREPLY=($(compgen -f -X '!*.xlsx' -- "$current") $(compgen -d -- "$current")); return ;;
    -c|--csv) compopt -o filenames; COMPREPLY=($(compgen -d -- "$current")); return ;;
    -o|--output) compopt -o filenames; COMPREPLY=($(compgen -f -- "$current")); return ;;
    -n|--paths|-s|--seed|-t|--threads) return ;;
    esac
    if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "$command" --help 2>/dev/null |
            grep -oE '(^|[ ,])--?[a-z]+' | tr -d ' ,')" -- "$current"))
        return
    fi
    compopt -o filenames 2>/dev/null
    case $command in
    run|check|sensitivity) COMPREPLY=($(compgen -f -X '!*.cfg' -- "$current") $(compgen -d -- "$current")) ;;
    report) COMPREPLY=($(compgen -f -X '!*.h5' -- "$current") $(compgen -f -X '!*.csv' -- "$current") $(compgen -d -- "$current")) ;;
    show|compare|replay|export) COMPREPLY=($(compgen -f -X '!*.h5' -- "$current") $(compgen -d -- "$current")) ;;
    describe) COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" describe 2>/dev/null |
        grep -oE '^ *[a-z_]+' | tr -d ' ')" -- "$current")) ;;
    esac
}
complete -F _milliard milliard
