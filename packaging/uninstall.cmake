# SPDX-License-Identifier: GPL-2.0-or-later
#
# cmake --build build --target uninstall: removes what cmake --install has installed, and the folders that are
# ours alone. Needs MANIFEST, the list that --install writes.

if(NOT EXISTS "${MANIFEST}")
    message(FATAL_ERROR "Nothing was installed from this build folder: there is no ${MANIFEST}")
endif()
file(STRINGS "${MANIFEST}" files)
foreach(file IN LISTS files)
    if(EXISTS "${file}" OR IS_SYMLINK "${file}")
        message(STATUS "Removing ${file}")
        file(REMOVE "${file}")
        if(EXISTS "${file}")
            message(FATAL_ERROR "${file} can't be removed")
        endif()
    endif()
    get_filename_component(folder "${file}" DIRECTORY)
    get_filename_component(name "${folder}" NAME)
    file(GLOB rest "${folder}/*")
    if(name MATCHES "^(smtp-explain|SMTP Explain)$" AND rest STREQUAL "")
        file(REMOVE_RECURSE "${folder}")
    endif()
endforeach()
