# The page of `sojourn report`, put together from sim/report/web by npm and esbuild and compiled into the program.
# Without npm the program builds all the same, and `sojourn report` says what is missing.
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
if(SOJOURN_REPORT)
  # npm works on a copy, so that the source folder stays as it is.
  set(installed ${report_build}/node_modules/.package-lock.json)
  add_custom_command(OUTPUT ${installed}
    COMMAND ${CMAKE_COMMAND} -E copy ${report_web}/package.json ${report_web}/package-lock.json ${report_web}/.npmrc ${report_build}
    COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
    COMMAND ${CMAKE_COMMAND} -E touch ${installed}
    DEPENDS ${report_web}/package.json ${report_web}/package-lock.json ${report_web}/.npmrc
    WORKING_DIRECTORY ${report_build} COMMENT "Fetching what the report's page is made of" VERBATIM)
  file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS ${report_web}/*.js ${report_web}/*.css ${report_web}/*.html)
  set(page_template ${report_build}/page_template.cpp)
  add_custom_command(OUTPUT ${page_template}
    COMMAND ${NODE} ${report_web}/build.mjs ${report_web} ${report_build} ${page_template}
    DEPENDS ${installed} ${report_web}/build.mjs ${web_sources}
    COMMENT "Putting the report's page together" VERBATIM)
else()
  set(page_template ${report_build}/no_page.cpp)
endif()
target_sources(sojourn_report PRIVATE ${page_template})
