# assets/locale/*.po -> build/locale/<lang>/LC_MESSAGES/keepsake.mo
find_program(MSGFMT msgfmt REQUIRED)
function(keepsake_catalogues)
  file(GLOB catalogues CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/assets/locale/*.po)
  set(outputs)
  foreach(po ${catalogues})
    get_filename_component(language ${po} NAME_WE)
    set(folder ${CMAKE_BINARY_DIR}/locale/${language}/LC_MESSAGES)
    add_custom_command(OUTPUT ${folder}/keepsake.mo
      COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
      COMMAND ${MSGFMT} --check-format --check-header -o ${folder}/keepsake.mo ${po}
      DEPENDS ${po} VERBATIM)
    list(APPEND outputs ${folder}/keepsake.mo)
  endforeach()
  add_custom_target(keepsake_locale_catalogues ALL DEPENDS ${outputs})
endfunction()
