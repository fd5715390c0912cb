using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>
/// Registers and updates volunteers out of a CSV file, row by row: a row that cannot be is refused alone, an empty cell or absent column leaves what is there, and the same file again changes nothing. Who is
/// new is counted over the network only where the file says that they have agreed.
/// </summary>
internal static class ImportVolunteers
{
    private const int MaxBytes = 5 * 1024 * 1024;
    private const int MaxRows = 10_000;

    public sealed record Command(bool DryRun, ReadOnlyMemory<byte> File) : ICommand<Response>;

    /// <param name="Row">From 1 for the first after the header.</param>
    /// <param name="Field">The column; "row" for the whole of it.</param>
    public sealed record RowProblem(int Row, string Field, string Message);

    public sealed record Response(int Total, int Created, int Updated, int Unchanged, int Rejected, IReadOnlyList<RowProblem> Problems);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.File).Must(file => file.Length is > 0 and <= MaxBytes).OverridePropertyName("body")
            .WithMessage($"Must be the file, of at most {MaxBytes / 1024 / 1024} MiB.");
    }

    internal sealed class Handler(RosteringDbContext db, ITenancyQueries tenancy, IIdentityQueries identity, Caller caller, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        private static readonly ImportedVolunteer.Validator Rules = new();

        private readonly List<RowProblem> problems = [];

        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var (file, problem) = VolunteerCsv.Read(request.File);
            problem ??= file.Count > MaxRows ? $"Must have at most {MaxRows} rows; it has {file.Count}." : null;
            if (problem is not null)
            {
                return Invalid.Field("body", problem);
            }

            var rows = Accepted(file);
            var slugs = rows.SelectMany(r => r.ChapterSlugs ?? []).Distinct(StringComparer.Ordinal).ToList();
            var chapters = (await tenancy.GetChaptersBySlug(slugs, cancellationToken)).ToDictionary(c => c.Slug, c => c.Id, StringComparer.Ordinal);
            rows.RemoveAll(row => Refuse(row, VolunteerCsv.Chapters, row.ChapterSlugs?.FirstOrDefault(s => !chapters.ContainsKey(s)) is { } slug ? $"There is no chapter '{slug}'." : null));

            var people = await db.FindPeople([.. rows.Select(r => r.Email)], cancellationToken);
            var ids = people.Values.Select(p => p.Id).ToList();
            var known = await db.Volunteers.Where(v => ids.Contains(v.PersonId)).ToDictionaryAsync(v => NetworkVolunteer.KeyOf(v.Email), StringComparer.Ordinal, cancellationToken);
            List<Volunteer> added = [];
            var updated = 0;
            foreach (var row in rows)
            {
                if (!known.TryGetValue(NetworkVolunteer.KeyOf(row.Email), out var volunteer))
                {
                    added.Add(Register(row, people, chapters));
                }
                else if (Refuse(row, VolunteerCsv.NetworkConsent, row.NetworkConsent == volunteer.CountedHereOnly ? "Is not what is on record. Record a change of mind with its evidence, not by a file." : null))
                {
                    continue;
                }
                else if (row.ApplyTo(volunteer, chapters))
                {
                    updated++;
                }
            }

            await db.LinkMembers(identity, added, cancellationToken);
            var rejected = problems.DistinctBy(p => p.Row).Count();
            if (request.DryRun)
            {
                db.ChangeTracker.Clear();
            }

            return new Response(file.Count, added.Count, updated, file.Count - added.Count - updated - rejected, rejected, [.. problems.OrderBy(p => p.Row)]);
        }

        /// <summary>Rows that could be, each address once.</summary>
        private List<ImportedVolunteer> Accepted(IReadOnlyList<VolunteerCsv.Row> file)
        {
            List<ImportedVolunteer> accepted = [];
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var row in file)
            {
                var volunteer = ImportedVolunteer.Of(row);
                var failures = Rules.Check(row, volunteer);
                problems.AddRange(failures.Select(f => new RowProblem(row.Number, f.PropertyName, f.ErrorMessage)));
                if (failures.Count == 0 && !Refuse(volunteer, VolunteerCsv.Email, seen.TryAdd(NetworkVolunteer.KeyOf(volunteer.Email), row.Number) ? null : "Is in the file already, further up."))
                {
                    accepted.Add(volunteer);
                }
            }

            return accepted;
        }

        private bool Refuse(ImportedVolunteer row, string field, string? message)
        {
            if (message is not null)
            {
                problems.Add(new RowProblem(row.Row, field, message));
            }

            return message is not null;
        }

        private Volunteer Register(ImportedVolunteer row, Dictionary<string, NetworkVolunteer> people, IReadOnlyDictionary<string, Guid> chapters)
        {
            var overNetwork = row.NetworkConsent == true;
            var volunteer = new Volunteer { PersonId = db.PersonOf(people, row.Email, overNetwork).Id, CountedHereOnly = !overNetwork, Name = row.Name, Email = row.Email, Languages = [] };
            row.ApplyTo(volunteer, chapters);
            db.Add(volunteer);
            db.Add(NetworkConsent.AtRegistration(volunteer, "Stated in a file", caller.Subject, clock.GetUtcNow()));
            return volunteer;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/volunteers/import", async (bool? dryRun, HttpRequest http, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(dryRun ?? false, await http.ReadFile(MaxBytes, cancellationToken)), cancellationToken).ToOk())
        .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBytes))
        .RequirePermission(RosteringPermissions.ManageVolunteers);
}
