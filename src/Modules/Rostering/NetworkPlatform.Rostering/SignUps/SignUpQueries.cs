using NetworkPlatform.Rostering.Shifts;

namespace NetworkPlatform.Rostering.SignUps;

/// <param name="Account">Of the volunteer, by which they act for themselves.</param>
internal sealed record SignUpOnShift(SignUp SignUp, Shift Shift, Guid? Account);

internal static class SignUpQueries
{
    /// <summary>Those that hold a place or wait for one.</summary>
    internal static IQueryable<SignUp> Active(this IQueryable<SignUp> signUps) =>
        signUps.Where(s => s.Status == SignUpStatus.Confirmed || s.Status == SignUpStatus.Offered || s.Status == SignUpStatus.Waitlisted);

    /// <summary>A sign-up with its shift, both to be changed; null where there is none.</summary>
    internal static Task<SignUpOnShift?> SignUpWithShift(this RosteringDbContext db, Guid signUpId, CancellationToken cancellationToken) => (
        from signUp in db.SignUps
        join shift in db.Shifts on signUp.ShiftId equals shift.Id
        join volunteer in db.Volunteers on signUp.VolunteerId equals volunteer.Id
        where signUp.Id == signUpId
        select new SignUpOnShift(signUp, shift, volunteer.AccountId)).SingleOrDefaultAsync(cancellationToken);
}
