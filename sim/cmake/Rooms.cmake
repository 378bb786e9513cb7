# What every translation unit is compiled with, and the one way to declare a room of sim/.

# The same bits on every machine: no fused operations that the source does not spell out, no reassociation.
# -fno-trapping-math and -fno-math-errno let the compiler vectorise selects and inline sqrt; they change no value.
add_library(sojourn_flags INTERFACE)
target_compile_options(sojourn_flags INTERFACE
  -ffp-contract=off -fno-trapping-math -fno-math-errno
  -Wall -Wextra -Wconversion -Wshadow
  $<$<CXX_COMPILER_ID:GNU>:-Wno-psabi>  # vectors of the compiler's own are not handed from one program to another
  # g++ 12 warns falsely at std::string: concatenation (GCC bug 105651), aggregates with one (105562)
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict$<SEMICOLON>-Wno-maybe-uninitialized>
  $<$<BOOL:${SOJOURN_WERROR}>:-Werror>)
target_include_directories(sojourn_flags INTERFACE ${CMAKE_SOURCE_DIR}/sim)
if(SOJOURN_SANITIZE)
  target_compile_options(sojourn_flags INTERFACE
    -fsanitize=${SOJOURN_SANITIZE} -fno-omit-frame-pointer -g1)
  target_link_options(sojourn_flags INTERFACE -fsanitize=${SOJOURN_SANITIZE})
endif()

# sojourn_room(NAME ROOMS earlier rooms... LIBRARIES outside libraries...)
# A room is a folder of sim/ and a static library that sees only the rooms it names. Its sources are all *.cpp of
# the folder (CONFIGURE_DEPENDS looks again at each build), so that adding a file needs no edit here.
function(sojourn_room name)
  cmake_parse_arguments(ROOM "" "" "ROOMS;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  list(TRANSFORM ROOM_ROOMS PREPEND sojourn_)
  if(sources)
    add_library(sojourn_${name} STATIC ${sources})
    target_link_libraries(sojourn_${name} PUBLIC sojourn_flags ${ROOM_ROOMS} PRIVATE ${ROOM_LIBRARIES})
  else()
    add_library(sojourn_${name} INTERFACE)
    target_link_libraries(sojourn_${name} INTERFACE sojourn_flags ${ROOM_ROOMS})
  endif()
endfunction()
