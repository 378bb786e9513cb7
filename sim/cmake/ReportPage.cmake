# The page of `sojourn report`, put together from sim/report/web by npm and esbuild and compiled into the program.
# Without npm, or where npm cannot fetch, the program builds all the same and `sojourn report` says what is missing.
find_program(NPM npm)
find_program(NODE NAMES node nodejs)
if(NPM AND NODE)
  set(report_default ON)
else()
  set(report_default OFF)
endif()
option(SOJOURN_REPORT "put the page of `sojourn report` together (needs npm and node)" ${report_default})

set(report_web ${CMAKE_CURRENT_SOURCE_DIR}/report/web)
set(report_build ${CMAKE_CURRENT_BINARY_DIR}/report_web)
file(CONFIGURE OUTPUT ${report_build}/no_page.cpp CONTENT [=[
#include "report/page.hpp"

std::string_view sojourn::report::page_template() {
  return {};
}
]=])
set(page_template ${report_build}/no_page.cpp)

# What the lockfile names, once for each lockfile. npm works on a copy, so that the source folder stays as it is.
function(fetch_report_parts)
  set(package_files ${report_web}/package.json ${report_web}/package-lock.json ${report_web}/.npmrc)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${package_files})
  file(SHA256 ${report_web}/package-lock.json wanted)
  set(fetched none)
  if(EXISTS ${report_build}/fetched)
    file(READ ${report_build}/fetched fetched)
  endif()
  if(NOT fetched STREQUAL wanted)
    message(STATUS "Fetching what the report's page is made of")
    file(COPY ${package_files} DESTINATION ${report_build})
    execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
      WORKING_DIRECTORY ${report_build} RESULT_VARIABLE failed OUTPUT_QUIET)
    if(failed)
      message(WARNING "npm could not fetch the parts of the report's page: `sojourn report` will not be there. "
        "Configure again with a network, or with -DSOJOURN_REPORT=OFF")
      return()
    endif()
    file(WRITE ${report_build}/fetched ${wanted})
  endif()
  set(page_template ${report_build}/page_template.cpp PARENT_SCOPE)
endfunction()

if(SOJOURN_REPORT)
  fetch_report_parts()
  file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS ${report_web}/*.js ${report_web}/*.css ${report_web}/*.html)
  add_custom_command(OUTPUT ${report_build}/page_template.cpp
    COMMAND ${NODE} ${report_web}/build.mjs ${report_web} ${report_build} ${report_build}/page_template.cpp
    DEPENDS ${report_build}/fetched ${report_web}/build.mjs ${web_sources}
    COMMENT "Putting the report's page together" VERBATIM)
endif()
target_sources(sojourn_report PRIVATE ${page_template})
