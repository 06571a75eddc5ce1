# SPDX-License-Identifier: GPL-3.0-or-later
# Writes version.c from version.c.in with the commit of the tree; touches it only when it changes.
execute_process(COMMAND git -C ${SOURCE} describe --always --dirty --abbrev=12 --exclude=*
                OUTPUT_VARIABLE MILLIARD_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed OR NOT MILLIARD_COMMIT)
    set(MILLIARD_COMMIT unknown)
endif()
configure_file(${SOURCE}/src/core/version.c.in ${OUTPUT} @ONLY)
