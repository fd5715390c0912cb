using System.Diagnostics.CodeAnalysis;

namespace NetworkPlatform.Platform.Results;

/// <summary>What pipeline behaviours need to know of a result without knowing its value's type.</summary>
public interface IResult<TSelf>
    where TSelf : IResult<TSelf>
{
    Error? Error { get; }

    object? Payload { get; }

    static abstract Type PayloadType { get; }

    static abstract TSelf Failure(Error error);

    static abstract TSelf Success(object payload);
}

/// <summary>Either a value or the error that stood in its way. Both convert implicitly: <c>return response;</c>, <c>return new ShiftNotFound();</c>.</summary>
public sealed record Result<T> : IResult<Result<T>>
    where T : notnull
{
    private Result(T? value, Error? error)
    {
        Value = value;
        Error = error;
    }

    public static Type PayloadType => typeof(T);

    public T? Value { get; }

    public Error? Error { get; }

    public object? Payload => Value;

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    public static Result<T> Failure(Error error) => new(default, error);

    public static Result<T> Success(object payload) => new((T)payload, null);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
}

/// <summary>The response of a command that has nothing to say beyond having been carried out.</summary>
public sealed record Done
{
    public static Done Instance { get; } = new();
}
