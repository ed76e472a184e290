#pragma once
// DIR/control.sock: how the commands of `keepsake-central` speak to the running centre, which alone
// may write the database. A Unix socket, mode 0600, in a folder of mode 0700; one line of JSON each
// way:
//
//   {"do":"enrol-code","store":"Lysvik","by":"shell:anna"}   ->   {"code":"7K3F-..."}
//   {"do":"confirm-clock"}                 ->   {}
//   {"do":"judge-again"}                   ->   {"looked_at":3,"applied":2}
//   {"do":"publish","what":"catalogue","store":"","by":"shell:anna","at_ms":0,"bytes":512}
//   and 512 bytes (storage/facts/packed_facts.hpp)       ->   {"number":7}
//   {"do":"withdraw","number":7,"by":"shell:anna"}   ->   {}
//   {"do":"revoke","terminal":4711,"reason":"stolen","by":"shell:anna"}
//                                          ->   {"store":"Lysvik","epoch":2}
//   {"do":"carry","terminal":4711,"epoch":1,"by":"shell:anna","first":true,"sealed":false,
//    "generation":5,"position":17,"bytes":512} and 512 bytes, a batch or a sealed record as pushed
//                                          ->   {"bytes":200} and 200 bytes, a SignedAcknowledgement
//                                          or   {"status":409,"code":"gap","message":..,"expected":3}
//   any                                    ->   {"error":{"code":..,"what":..}}

#include <boost/asio/awaitable.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "sync/central/router.hpp"

namespace keepsake::sync::central {

class ControlSocket {
 public:
  /// Listens; replaces a socket that a killed centre left. The caller holds the folder's lock.
  static Result<std::unique_ptr<ControlSocket>> open(boost::asio::io_context& context,
                                                     const std::filesystem::path& folder,
                                                     Router& router);
  ~ControlSocket();
  void close();  ///< on the context's threads or after them

 private:
  ControlSocket(boost::asio::io_context& context, std::filesystem::path folder, Router& router);
  boost::asio::awaitable<void> accept();

  std::filesystem::path folder_;
  Router& router_;
  boost::asio::local::stream_protocol::acceptor acceptor_;
};

/// Asks the running centre for a code; nullopt: none is running. Failure as
/// Enrolments::new_code.
Result<std::optional<std::string>> ask_for_code(const std::filesystem::path& folder,
                                                std::string_view store, std::string_view by = {});
/// Has the running centre judge again what is set aside; nullopt: none is running.
Result<std::optional<Rejudged>> ask_to_judge_again(const std::filesystem::path& folder);
/// Tells the running centre that its clock is right; nullopt: none is running.
Result<std::optional<Done>> ask_to_confirm_clock(const std::filesystem::path& folder);
/// Has the running centre publish; its number, or nullopt: none is running. Failure as
/// Publishing::publish, packed().
Result<std::optional<std::int64_t>> ask_to_publish(const std::filesystem::path& folder,
                                                   const Publication& publication,
                                                   const std::vector<Fact>& facts);
/// nullopt: none is running. Failure as Publishing::withdraw.
Result<std::optional<Done>> ask_to_withdraw(const std::filesystem::path& folder,
                                            std::int64_t number, std::string_view by);
/// Number, store and epoch of what is revoked now; nullopt: none is running. Failure as
/// Revocations::revoke.
Result<std::optional<Terminal>> ask_to_revoke(const std::filesystem::path& folder,
                                              TerminalNumber number, std::string_view reason,
                                              std::string_view by);

/// Has the running centre take a batch that was carried; nullopt: none is running. Failure as no
/// centre that answers.
Result<std::optional<Ingest::Answer>> ask_to_take(const std::filesystem::path& folder,
                                                  const CarriedBatch& carried);

}  // namespace keepsake::sync::central
