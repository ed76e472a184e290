#pragma once
// The thread that waits for the disk so that the screen never does (I8). It performs effects on the
// book, one after the other, and posts each answer to the mailbox.

#include <memory>
#include <thread>
#include <variant>

#include "kiosk/app/mailbox.hpp"
#include "kiosk/app/queue.hpp"
#include "kiosk/flow/effect.hpp"
#include "storage/book/book.hpp"
#include "storage/programme/active_programme.hpp"

namespace keepsake::app {

/// The effects that are the worker's.
using Job =
    std::variant<flow::ResolveScan, flow::SearchArticles, flow::FindCustomer, flow::LoadCustomer,
                 flow::LoadMember, flow::LookUpGiftCard, flow::LoadLines, flow::Park, flow::TakeUp,
                 flow::LoadShift, flow::CheckPin, flow::RecordFact, flow::Enrol,
                 flow::ListPurchases, flow::OpenPurchase, flow::LoadStanding, flow::LoadStory,
                 flow::LoadProfile, flow::ChangeConsents, flow::ChangeProfile, flow::AddNote,
                 flow::ChangeWallet, flow::UndoMerge, flow::SearchCustomers, flow::LoadTimeline,
                 flow::FindSimilar, flow::LoadPairs, flow::LoadPair, flow::MergePair,
                 flow::PartPair>;

class Worker {
 public:
  static constexpr std::size_t queue_limit = 64;

  /// `book` and `mailbox` outlive the worker. Failure as Book::reader.
  static Result<std::unique_ptr<Worker>> start(Book& book, Mailbox& mailbox);
  /// Finishes what was asked: a write that the screen waits for is never dropped.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Never blocks. A full queue answers at once, with Failure::busy "worker.busy".
  void ask(Job job);

 private:
  Worker(Book& book, Mailbox& mailbox, std::unique_ptr<Reader> reader);

  Mailbox& mailbox_;
  Queue<Job> queue_;
  std::thread thread_;
};

/// What the book answers to one job; what the thread does. `kept`: for one thread, as `reader`.
flow::Event perform(Book& book, Reader& reader, ActiveProgrammes& kept, const Job& job);
/// For tests to call without a thread.
flow::Event perform(Book& book, Reader& reader, const Job& job);
/// The same answer, but it is this error.
flow::Event refusal(const Job& job, const Error& error);

}  // namespace keepsake::app
